"""What-if studies: asked on a page, lived through by processes of their own, kept and compared."""
