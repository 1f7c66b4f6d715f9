"""From a plan and the answers of an engine to checked drafts."""
