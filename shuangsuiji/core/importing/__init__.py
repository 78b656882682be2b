"""Lists that platforms export and colleagues keep become rosters: layout, headings, cells, and what comes after."""
