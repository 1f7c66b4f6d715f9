"""Repositories as projects really have them, before AMTS: for tests of ``amts init`` and ``amts doctor``."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import git

from support.worlds import repository

ENGLISH = {
    "start.md": "# Getting started\n\nThis is the guide to the tool. It shows how to install it and how to use it on"
    " your machine.\n\n```sh\npip install tool\n```\n",
    "guide/run.md": "# Running\n\nTo run the tool you need a file with the settings. The tool reads it when it"
    " starts, and that is all.\n",
    "guide/stop.md": "# Stopping\n\nYou can stop the tool with a key. It is safe to do so in the middle of the work.\n",
    "about.md": "# About\n\nThe tool is made by people who like tools. You are free to copy it for your own use.\n",
}
"""An English book of four pages."""

JAPANESE = {
    "start.md": "# はじめに\n\nこれはツールの案内です。入れ方と使い方を説明します。\n\n```sh\npip install tool\n```\n",
    "guide/run.md": "# 実行\n\n実行するには設定ファイルが必要です。起動するときに読み込まれます。それだけです。\n",
    "guide/stop.md": "# 停止\n\nキーを押すと停止できます。作業の途中でも安全です。\n",
}
CHINESE = {
    "start.md": "# 开始\n\n这是工具的指南。它说明如何安装和使用。\n\n```sh\npip install tool\n```\n",
    "guide/run.md": "# 运行\n\n要运行该工具，您需要一个设置文件。工具启动时会读取它，仅此而已。\n",
}
SPANISH = {
    "start.md": "# Primeros pasos\n\nEsta es la guía de la herramienta. Muestra cómo instalarla y cómo usarla en su"
    " máquina.\n\n```sh\npip install tool\n```\n",
    "guide/run.md": "# Ejecutar\n\nPara ejecutar la herramienta necesita un archivo con los ajustes. La herramienta lo"
    " lee cuando arranca, y eso es todo.\n",
    "guide/stop.md": "# Detener\n\nPuede detener la herramienta con una tecla. Es seguro hacerlo en mitad del"
    " trabajo.\n",
}


def under(folder: str, files: Mapping[str, str]) -> dict[str, str | bytes | None]:
    """The files inside a folder, such as ``docs/``."""
    return {folder + path: text for path, text in files.items()}


def suffixed(ending: str, files: Mapping[str, str]) -> dict[str, str | bytes | None]:
    """The files with an ending before the extension, such as ``.zh-CN``."""
    return {path.removesuffix(".md") + ending + ".md": text for path, text in files.items()}


def stamped(key: str, commit: str, files: Mapping[str, str]) -> dict[str, str]:
    """The files with front matter that names an English commit."""
    words = key.split(".")
    lines = [f"{'  ' * n}{word}:" for n, word in enumerate(words)]
    return {path: "\n".join(["---", *lines]) + f" {commit}\n---\n\n{text}" for path, text in files.items()}


def made(folder: Path, *parts: Mapping[str, str | bytes | None]) -> git.Repo:
    """A repository with these files and one commit."""
    files: dict[str, str | bytes | None] = {}
    for part in parts:
        files |= part
    return repository(folder, files, "First")
