"""Strings that other people and programs depend on; each is defined only here."""

from __future__ import annotations

from typing import Literal

EngineName = Literal[
    "memory_only", "amazon", "amazon-realtime", "bedrock", "deepl", "libretranslate", "neural", "openai", "smt"
]
"""Engines that draft the sentences not in the memory; ``bot.engines.ENGINES`` has the module of each."""

LOCAL: tuple[EngineName, ...] = ("memory_only", "neural", "smt")
"""Engines that send nothing anywhere."""

Engines = EngineName | tuple[EngineName, ...]
"""One engine, or several in a row."""

ForgeName = Literal["local", "github"]
"""Where pull requests are hosted."""

BaselineKind = Literal["sibling", "lock", "front-matter", "comments"]
"""How a translation records the English that its documents correspond to."""

NewDocuments = Literal["draft", "list", "skip"]
"""What to do with English documents that have no translation."""

SmallEdits = Literal["keep", "translate"]
"""What to do with a human sentence whose English was slightly edited."""

UnfinishedStatus = Literal["allow", "pending", "failure"]
"""The status of a pull request in which sentences still wait for people; ``allow``: none."""

ReviewComments = Literal["none", "flagged", "all"]
"""Which sentences get a comment on their lines: kept ones whose English changed, or drafts too."""

Columns = Literal["auto", "source,target", "target,source"]
"""The order of the columns in a list of terms."""

CONFIG = "amts.yml"
"""The settings file."""

CLONES = ".amts"
"""Beside the settings file: where clones of hosted repositories and learned models are kept."""

BRANCH = "amts/sync"
"""The branch of the rolling pull request in a repository of one translation alone; ``amts/sync-LANGUAGE`` in others."""

ADOPT = "amts/adopt"
"""The branch of the pull request that records baselines; ``amts/adopt-LANGUAGE`` in shared repositories."""

DOCUMENTS = (".md", ".markdown", ".mdx", ".qmd", ".Rmd", ".rmd")
"""File name extensions of Markdown documents."""

COMMENTABLE = tuple(ending for ending in DOCUMENTS if ending != ".mdx")
"""File name extensions of documents that can have HTML comments."""

NOTEBOOK = ".ipynb"
"""File name extension of Jupyter notebooks: documents only where ``source.include`` names them."""

ORIGIN = "_origin"
"""Baseline kind ``sibling``: ``chapter/x_origin.md`` is the English that ``chapter/x.md`` translates."""

LOCK = "amts.lock"
"""Baseline kind ``lock``: one file that maps each translated path to its English path and blob."""

REVIEW = "amts.review"
"""The review record of a translation: which of its sentences wait for people; ``amts.LANGUAGE.review`` if shared."""

DRIFTED = "drifted_from_default"
"""Key by which Hugo sites with the Docsy theme mark a page whose English has moved on; a sync removes it."""

DEFAULT_KEY = "default_lang_commit"
"""Baseline kind ``front-matter``: the key in the front matter of a document that names its English commit."""

BOT_NAME = "AMTS"
BOT_EMAIL = "amts[bot]@users.noreply.github.com"
"""Identity of the bot's commits, which distinguishes them from those of people."""

TRAILER = "AMTS-English-Commit"
"""Commit trailer that names the English commit a draft was made from."""

TREE_TRAILER = "AMTS-English-Tree"
"""Commit trailer with the fingerprint of the English that a draft was made from, as in the marker of its page."""

ADOPT_TRAILER = "AMTS-Adopted"
"""Commit trailer of ``amts adopt`` with the number of baselines recorded; a squash merge by people has it too."""

WAITING_TRAILER = "AMTS-Waiting"
"""Commit trailer with the number of sentences that wait for people after a commit of the bot."""

MARKER = "amts"
"""Name of the hidden comment ``<!-- amts:v1 {json} -->`` at the end of a pull request description or a comment."""

STRUCTURE, LEFT = "amts/structure", "amts/unfinished"
"""Contexts of the bot's commit statuses, which branch protection can require."""

COMMAND = "/retranslate"
"""First word of a comment that requests another translation: ``/retranslate [PATH[#ANCHOR]] [--force]``."""

REVIEWED = "/reviewed"
"""First word of a comment that says that people have read all drafts of a document: ``/reviewed [PATH]``."""

COMMENT_TRAILER = "AMTS-Comment"
"""Commit trailer that names the comment a draft was made for; it marks the comment as answered."""

REFUSED = "refused"
"""In the hidden comment of an answer: marks a reply that the user may not give commands."""
