"""Floor 4: who makes things. The protocols, the studios behind them, and the one path that spends."""
