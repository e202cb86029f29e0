"""Charts that PowerPoint itself draws, each with the workbook that a person changes its numbers in."""
