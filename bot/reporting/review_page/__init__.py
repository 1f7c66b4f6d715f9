"""The review page: what waits for people in a translation, English and translation side by side, as one HTML file."""
