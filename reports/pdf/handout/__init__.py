"""The handout: everything fits one sheet."""
