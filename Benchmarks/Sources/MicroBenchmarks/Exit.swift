#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Ends the process with status 1: a benchmark was wrong, or none has the name asked for.
func exitWithFailure() -> Never { exit(1) }
