"""Risk (S1 五 第二款): last year's record becomes 必查原因 or a credit grade, by rules and by people who review it."""
