"""What pages, documents and other rooms may ask."""
