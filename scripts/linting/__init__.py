"""`make lint`: the tools it needs, in the git-ignored folder .local/lint/, and the checks of our own."""
