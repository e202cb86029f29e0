"""What can be found wrong with a PDF: the file is read once, then each rule looks at what was read."""
