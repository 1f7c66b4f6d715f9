"""``amts parallel-data build``: writes the pairs that people have merged to a file."""

from __future__ import annotations

import argparse
import io
from pathlib import Path

from pathspec import GitIgnoreSpec

from bot.cli import options as shared
from bot.drafting.report import parallel_data_json
from bot.parallel_data import dataset, domain, external, files
from bot.parallel_data.rules import FORMATS
from bot.reporting import terminal
from bot.sync.corpus import merged_corpus


def add_options(parser: argparse.ArgumentParser) -> None:
    shared.add_config(parser)
    shared.add_one_language(parser)
    parser.add_argument(
        "--granularity", choices=("sentence", "paragraph"), default="sentence", help="how much of the text a pair is"
    )
    parser.add_argument("--format", choices=FORMATS, help="default: by the name of the file, else tmx")
    parser.add_argument(
        "--for",
        dest="reader",
        choices=("engine", "memory"),
        default="engine",
        help="engine: the text that it sees, one translation each (default); memory: Markdown, all alternatives",
    )
    parser.add_argument("--without", action="append", default=[], metavar="PATTERN", help="leave these documents out")
    add_more_pairs(parser)
    text = "where the pairs go (default: standard output)"
    parser.add_argument("-o", "--output", type=Path, default=shared.STDOUT, help=text)
    parser.add_argument("--report", type=Path, help="where a JSON report with the provenance of every pair goes")


def add_more_pairs(parser: argparse.ArgumentParser) -> None:
    """``--from`` and ``--subject``: pairs from elsewhere."""
    parser.add_argument(
        "--from",
        dest="places",
        type=Path,
        nargs="+",
        action="append",
        default=[],
        metavar="PLACE",
        help="more pairs: a .tmx, .csv or .tsv file, or a folder of documents and one of their translations",
    )
    parser.add_argument(
        "--subject",
        type=float,
        default=domain.LEAST,
        metavar="LEAST",
        help=f"how like the book pairs of --from must be, 0 to 1 (default: {domain.LEAST}; 0 takes all)",
    )


def run(options: argparse.Namespace) -> int:
    site = shared.composed(options.config, quiet=options.quiet)
    name = shared.one_language(options, site.settings)
    languages = "en", name
    english = site.english()
    left_out = GitIgnoreSpec.from_lines(options.without).match_file
    parts = []
    if not options.places or name in (t.language for t in site.settings.translations):
        language = site.language(name, site.settings.engine_of(name))
        corpus = merged_corpus(english, language, language.forge.base(), with_history=True)
        parts.append(dataset.build(corpus.documents(left_out), languages, options.granularity))
    for places in options.places:
        more = external.read(places, languages, options.granularity)
        tree = english.tree()
        texts = (tree.text(path) for path in sorted(tree.files) if not left_out(path))
        more = external.on_subject(more, texts, languages[0], options.subject)
        parts.append(external.subordinate(more) if parts else more)
    data = dataset.join(parts)
    form = options.format or files.format_of(options.output) or "tmx"
    prepare = dataset.for_engine if options.reader == "engine" else dataset.within_rules
    data = prepare(data, form)
    stream = io.BytesIO()
    files.write(data.units, stream, languages, form)
    shared.write(options.output, stream.getvalue())
    if options.report:
        shared.write(options.report, parallel_data_json(data).encode())
    place = options.output if options.output != shared.STDOUT else None
    terminal.show_parallel_data(data, place, shared.console(options, stderr=True))
    return 0
