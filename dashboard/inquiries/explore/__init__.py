"""The page that explores the figures: what is asked for, its figures, and a sentence on what they show."""
