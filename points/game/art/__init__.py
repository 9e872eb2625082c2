"""
The mini-campus drawn as code: palette, pen, one function per item; the atlas, icons and pictures
come from here.
"""
