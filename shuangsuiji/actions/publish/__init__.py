"""``ssj publish``: notices for the public.

`desk` gathers, `deciding` chooses what goes out, `notices` builds it, `publishing` conducts, `site` keeps the folder.
"""
