"""`amts doctor`: checks everything that a sync needs, and suggests a remedy for what is wrong"""
