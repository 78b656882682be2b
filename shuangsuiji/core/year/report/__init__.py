"""The year's report (总结报告): its figures. Pure; words around them stand in the templates, looks in `files`."""
