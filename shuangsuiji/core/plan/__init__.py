"""The plan (年度抽查计划): what is intended, stratum by stratum, and how it and the rosters become a pool."""
