"""Charts as functions: a frame and words in, an `alt.Chart` out."""
