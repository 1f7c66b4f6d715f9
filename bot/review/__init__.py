"""What nobody has finished or reviewed yet in a translation, sentence by sentence."""
