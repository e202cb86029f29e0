"""What can be found wrong with a PowerPoint file: the package is read once, then each rule looks at what was read."""
