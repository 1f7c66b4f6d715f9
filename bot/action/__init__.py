"""The GitHub Action: inputs and event in, log, summary and outputs out."""
