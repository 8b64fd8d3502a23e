"""What is measured: indicators, baselines, targets, measurements, and the arithmetic of progress."""
