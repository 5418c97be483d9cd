import LinearAlgebra
import QuantumCircuits
import QuantumStates

/// Expectation values of Pauli words from the counts of many settings, each of a basis for every qubit.
struct Expectations {
  let settings: [(bases: [Pauli], counts: OutcomeCounts)]

  init(_ settings: [(bases: [Pauli], counts: OutcomeCounts)]) { self.settings = settings }

  /// All words on some qubits, the identity first.
  static func words(_ count: Int) -> [PauliWord] { (0..<1 << (2 * count)).map { word($0, qubits: count) } }

  /// The word at a place among all.
  static func word(_ place: Int, qubits count: Int) -> PauliWord {
    PauliWord(xMask: UInt64(place & (1 << count - 1)), zMask: UInt64(place >> count))
  }

  private func measures(_ bases: [Pauli], _ word: PauliWord) -> Bool { word.factors.allSatisfy { bases[$0.qubit] == $0.pauli } }

  private static func mask(_ word: PauliWord) -> Int { Int(word.xMask | word.zMask) }

  func mean(of word: PauliWord) -> Double {
    let own = settings.filter { measures($0.bases, word) }
    return own.reduce(0) { $0 + $1.counts.parity(mask: Self.mask(word)).mean } / Double(own.count)
  }

  /// The variance of Σ weight <word>, see `Mean`: settings are independent, words of one setting come from the same shots.
  func variance(_ words: [PauliWord], _ weights: [Double]) -> Double {
    let uses = words.map { word in settings.count { measures($0.bases, word) } }
    return settings.reduce(0) { sum, setting in
      let own = words.indices.filter { measures(setting.bases, words[$0]) && weights[$0] != 0 && !words[$0].isIdentity }
      guard !own.isEmpty else { return sum }
      let values = (0..<1 << setting.bases.count).map { outcome in
        own.reduce(0) { sum, index in
          let sign: Double = (outcome & Self.mask(words[index])).nonzeroBitCount.isMultiple(of: 2) ? 1 : -1
          return sum + sign * weights[index] / Double(uses[index])
        }
      }
      return sum + Mean(setting.counts, in: values.min()!...values.max()!) { values[$0] }.variance
    }
  }

  /// The variance of <word>, without bias: what its square is too large by on average.
  func unbiasedVariance(_ word: PauliWord) -> Double {
    let own = settings.filter { measures($0.bases, word) }
    let sum = own.reduce(0) { sum, setting in
      let error = setting.counts.parity(mask: Self.mask(word)).standardError
      return sum + error * error
    }
    return sum / Double(own.count * own.count)
  }
}

extension PauliWord {
  /// <ψ|P|ψ> of amplitudes.
  func expectation(of amplitudes: [Complex<Double>]) -> Double {
    let phases: [Complex<Double>] = [1, .i, -1, Complex(0, -1)]
    return amplitudes.indices.reduce(0) { sum, index in
      let sign = 2 * (zMask & UInt64(index)).nonzeroBitCount
      return sum + (amplitudes[index ^ Int(xMask)].conjugate * phases[(yCount + sign) % 4] * amplitudes[index]).real
    }
  }
}
