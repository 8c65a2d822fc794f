"""The tutor's head as video without a GPU: life, mouth, pictures, and a process for them."""
