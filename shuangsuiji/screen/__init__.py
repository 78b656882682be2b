"""What people see on the terminal: tables, progress, Problems and Refusals as sentences. All Chinese stands here."""
