"""Countries, organizations, mechanisms, adherence, presidencies and secretariats."""
