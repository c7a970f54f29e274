"""The regions of the page: each view is a layout and pure render functions of the document."""
