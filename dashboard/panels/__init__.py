"""The pieces that pages and frame are laid out from: figures and sentences in, widgets on the screen."""
