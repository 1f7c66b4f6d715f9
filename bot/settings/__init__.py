"""The settings of a book: the file ``amts.yml`` as frozen values."""
