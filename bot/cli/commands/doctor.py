"""``amts doctor``: checks everything that a sync needs, and shows what to do where something is wrong."""

from __future__ import annotations

import argparse
from dataclasses import asdict

from bot.cli import options as shared


def add_options(parser: argparse.ArgumentParser) -> None:
    shared.add_config(parser)
    shared.add_json(parser)


def run(options: argparse.Namespace) -> int:
    from bot.doctor.subjects import examine
    from bot.reporting import terminal
    from bot.settings import file

    console = shared.console(options)
    bad = doubtful = 0
    subjects = []
    for subject in examine(options.config, lambda: file.load(options.config), shared.composition):
        subjects.append(asdict(subject))
        console.print(subject.title, style="bold", markup=False)
        for finding in subject.findings:
            terminal.show_finding(finding, console)
            bad += finding.state == "bad"
            doubtful += finding.state == "doubtful"
    console.print()
    for line in terminal.verdict(bad, doubtful):
        console.print(line, markup=False, soft_wrap=True)
    shared.write_json(options, {"problems": bad, "doubtful": doubtful, "subjects": subjects})
    return 1 if bad else 0
