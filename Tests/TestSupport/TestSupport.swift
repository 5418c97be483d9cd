// The reference simulator.
