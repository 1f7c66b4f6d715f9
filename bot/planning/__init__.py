"""What an English change means for a translation: the plan, before anything is translated."""
