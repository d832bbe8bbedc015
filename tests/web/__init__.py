"""The pages, each as its reader uses it."""
