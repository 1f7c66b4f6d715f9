"""Fuzzy-match repair: the old translation of a sentence, changed only where its English changed.

The idea is that of Ortega, Sánchez-Martínez and Forcada (2014, 2016) and of Koehn and Senellart (2010).
"""
