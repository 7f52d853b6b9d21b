"""The local set-up: Odoo 19, its Python packages and PostgreSQL in the git-ignored folder .local/.

Standard library only, because it runs before anything is installed.
"""
