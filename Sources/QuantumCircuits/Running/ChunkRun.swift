import Execution
import LinearAlgebra
import QuantumStates

/// One chunk of samples on its way through the circuit and back.
struct ChunkRun {
  let evaluator: CircuitEvaluator
  let batch: CircuitEvaluator.Batch
  let shared: SharedBinding
  let work: Workspace
  /// For each preparation step, the amplitudes of every sample.
  let preparations: [Int: [[Complex<Double>]]]
  let chunk: Int
  /// Threads inside a state.
  let loop: ParallelLoop

  private var circuit: CompiledCircuit { evaluator.circuit }
  private var layout: AmplitudeLayout { circuit.layout }
  private var stretchRun: StretchRun {
    StretchRun(
      kernels: evaluator.kernels, loop: loop, pieceStride: LayerPass.sumCount * circuit.stretchUnitaryCount, work: work)
  }
  private var readoutRun: ReadoutRun { ReadoutRun(scratch: work.readout, kernels: evaluator.kernels, loop: loop) }
  var firstSample: Int { chunk * layout.samples }
  /// Samples of the batch in this chunk; further lanes repeat the last one and count for nothing.
  var sampleCount: Int { min(layout.samples, batch.sampleCount - firstSample) }

  private func sample(_ lane: Int) -> Int { firstSample + min(lane, sampleCount - 1) }

  /// The inputs of this chunk's samples.
  private func withInputs(_ body: (AngleInputs) -> Void) {
    batch.parameters.withUnsafeBufferPointer { parameters in
      batch.features.elements.withUnsafeBufferPointer { features in
        let width = batch.features.columns
        body(
          AngleInputs(
            parameters: parameters.baseAddress, features: features.baseAddress.map { $0 + firstSample * width }, stride: width))
      }
    }
  }

  /// Computes the angles of every lane and the coefficients of the steps that depend on the sample.
  func bind() {
    let (circuit, width, tables) = (circuit, layout.samples, work.tables)
    withInputs { inputs in
      for index in circuit.turnedAngles {
        let angle = circuit.angles[index]
        let turns = tables.turns(index)
        angle.evaluate(inputs, into: turns, width: width, last: sampleCount - 1)
        let offset = batch.offset.map { $0.angle == index ? $0.value : 0 } ?? 0
        for lane in 0..<width { turns[lane] = angle.frequency * (turns[lane] + offset) }
      }
    }
    for index in circuit.phaseSteps {
      if case .phases(let phases) = circuit.steps[index].form {
        phases.bind(work.phases[index]!, tables, kernels: evaluator.kernels)
      }
    }
    tables.evaluate(kernels: evaluator.kernels)
    for index in circuit.mixedAngles { tables.set(index, from: shared.tables) }
    if let start = circuit.start { bind(start) }
    for index in circuit.sampleSteps { bind(step: index) }
  }

  private func bind(step index: Int) {
    circuit.steps[index].bind(
      work.tables, scratch: work.scratch, forward: work.coefficients + evaluator.plan.forward[index],
      backward: work.coefficients + evaluator.plan.backward[index])
  }

  /// Of matrices on |0> only the first columns are needed.
  private func bind(_ start: ProductStart) {
    for (qubit, index) in start.steps.enumerated() {
      guard let index else { continue }
      guard let terms = start.columns[qubit], let rotation = circuit.steps[index].sampleRotation else {
        bind(step: index)
        continue
      }
      circuit.steps[index].operation.fillColumn(
        work.coefficients + evaluator.plan.forward[index], terms: terms, cosine: work.tables.cosine(rotation.angle),
        sine: work.tables.sine(rotation.angle))
    }
  }

  private func coefficients(_ step: Int, forward: Bool) -> Coefficients {
    let place = (forward ? evaluator.plan.forward : evaluator.plan.backward)[step]
    let isSample = circuit.steps[step].source == .samples
    return Coefficients(
      base: isSample ? work.coefficients + place : shared.address(place), isShared: !(isSample && layout.isBatched))
  }

  /// Binds and runs the circuit on |0...0>.
  func forward() {
    bind()
    forwardBound()
  }

  /// Runs the circuit on |0...0>, its numbers bound.
  func forwardBound() {
    if let tiles = tileRun { return forward(tiles) }
    if circuit.start == nil {
      let state = AmplitudeAccess(base: work.ket, precision: layout.precision)
      work.ket.initializeMemory(as: UInt8.self, repeating: 0, count: layout.byteCount)
      for lane in 0..<layout.samples { state[lane] = 1 }
    }
    var stretch = 0
    for part in circuit.parts {
      switch part {
      case .step(let index): forward(step: index)
      case .start:
        ProductState.fill(work.ket, matrices: work.start!.matrices, layout: layout, kernels: evaluator.kernels)
      case .stretch:
        shared.stretches[stretch].forward(work.ket, stretchRun)
        stretch += 1
      }
    }
  }

  func forward(step index: Int) {
    let step = circuit.steps[index]
    if case .preparation(let prepare) = step.form {
      for lane in 0..<layout.samples { prepare.apply(work.ket, lane: lane, preparations[index]![sample(lane)]) }
    } else if case .phases(let phases) = step.form {
      phases.apply(to: work.ket, work.phases[index]!, kernels: evaluator.kernels)
    } else {
      step.operation.apply(
        to: work.ket, coefficients: coefficients(index, forward: true), kernels: evaluator.kernels, loop: loop)
    }
  }

  func measure() { evaluator.readout.measure(work.ket, values: work.values, readoutRun) }

  /// Asks for the cotangents of each sample and makes the bra.
  func seed(_ rule: CircuitEvaluator.CotangentRule) {
    let outputs = evaluator.outputCount
    work.cotangents.update(repeating: 0, count: layout.samples * outputs)
    for lane in 0..<sampleCount {
      rule(firstSample + lane, work.values + lane * outputs, work.cotangents + lane * outputs)
    }
    evaluator.readout.seed(bra: work.bra, ket: work.ket, cotangents: work.cotangents, readoutRun)
  }

  /// Takes the circuit back from ket and bra, collecting gradients on the way, to the first step that has one.
  ///
  /// - Parameter featureGradients: nil where those of the features are not asked for.
  func backward(_ sums: GradientSums, featureGradients: UnsafeMutablePointer<Double>?) {
    if let tiles = tileRun { return backward(tiles, sums, featureGradients) }
    let parts = circuit.parts
    let first = parts.firstIndex { hasGradient($0, featureGradients) } ?? parts.endIndex
    var stretch = shared.stretches.count
    for part in parts[first...].reversed() {
      switch part {
      case .step(let index): backward(step: index, sums, featureGradients)
      case .start(let start): backward(start, sums, featureGradients)
      case .stretch:
        stretch -= 1
        shared.stretches[stretch].backward(
          bra: work.bra, ket: work.ket, sums: work.paulis + LayerPass.sumCount * circuit.stretchPlaces[stretch], stretchRun)
      }
    }
  }

  private func hasGradient(_ part: CompiledCircuit.Part, _ featureGradients: UnsafeMutablePointer<Double>?) -> Bool {
    switch part {
    case .step(let index): hasGradient(step: index, featureGradients)
    case .start(let start): start.steps.contains { $0.map { hasGradient(step: $0, featureGradients) } ?? false }
    case .stretch(let stretch): stretch.unitaries.contains { hasGradient(step: $0.step, featureGradients) }
    }
  }

  /// Contracts the bra with the product state; there is nothing before.
  private func backward(_ start: ProductStart, _ sums: GradientSums, _ featureGradients: UnsafeMutablePointer<Double>?) {
    let memory = work.start!
    ProductState.overlaps(
      bra: work.bra, ket: work.ket, matrices: memory.matrices, results: memory.results, layout: layout, kernels: evaluator.kernels)
    for (qubit, index) in start.steps.enumerated() {
      guard let index, hasGradient(step: index, featureGradients) else { continue }
      addApartGradients(circuit.steps[index], memory.results[qubit]!, terms: start.columns[qubit], sums, featureGradients)
    }
  }

  private func hasGradient(step index: Int, _ featureGradients: UnsafeMutablePointer<Double>?) -> Bool {
    evaluator.readsParameters[index] || featureGradients != nil && circuit.steps[index].source == .samples
  }

  func backward(step index: Int, _ sums: GradientSums, _ featureGradients: UnsafeMutablePointer<Double>?) {
    let step = circuit.steps[index]
    if case .preparation(let prepare) = step.form {
      undo(prepare, index, sums, featureGradients)
    } else if case .phases(let phases) = step.form {
      undo(phases, index, sums, featureGradients)
    } else if !hasGradient(step: index, featureGradients) {
      undo(step, index)
    } else if step.source == .parameters {
      sums.withOverlaps(ofStep: index) { addBackward(step, index, to: $0) }
    } else if !layout.isBatched {
      work.entries.withMemoryRebound(to: Complex<Double>.self, capacity: step.operation.entryCount) { entries in
        entries.update(repeating: 0, count: step.operation.entryCount)
        addBackward(step, index, to: entries)
      }
      addAngleGradients(step, sums, featureGradients)
    } else {
      backwardApart(step, index)
      addApartGradients(step, work.overlaps, sums, featureGradients)
    }
  }

  /// From a step's overlaps by entry, summed over the chunk, to gradients.
  func add(
    overlaps: [Complex<Double>], ofStep index: Int, _ sums: GradientSums, _ featureGradients: UnsafeMutablePointer<Double>?
  ) {
    let step = circuit.steps[index]
    if step.source == .parameters {
      sums.withOverlaps(ofStep: index) { total in for (entry, overlap) in overlaps.enumerated() { total[entry] += overlap } }
    } else {
      for (entry, overlap) in overlaps.enumerated() {
        (work.entries[2 * entry], work.entries[2 * entry + 1]) = (overlap.real, overlap.imaginary)
      }
      addAngleGradients(step, sums, featureGradients)
    }
  }

  private func undo(_ step: Step, _ index: Int) {
    let inverse = coefficients(index, forward: false)
    step.inverse.apply(to: work.ket, coefficients: inverse, kernels: evaluator.kernels, loop: loop)
    step.inverse.apply(to: work.bra, coefficients: inverse, kernels: evaluator.kernels, loop: loop)
  }

  /// Undoes a step and adds its overlaps by entry, summed over the chunk.
  private func addBackward(_ step: Step, _ index: Int, to overlaps: UnsafeMutablePointer<Complex<Double>>) {
    let inverse = coefficients(index, forward: false)
    let (bra, ket, kernels) = (work.bra, work.ket, evaluator.kernels)
    if step.hasBackwardKernel {
      return step.operation.addBackward(bra: bra, ket: ket, coefficients: inverse, to: overlaps, kernels: kernels, loop: loop)
    }
    // The generator of a Pauli rotation commutes with it, so its overlap may be taken with both states still after the step.
    if case .pauliRotation = step.form {
      step.operation.addOverlaps(bra: bra, ket: ket, to: overlaps, kernels: kernels, loop: loop)
      return undo(step, index)
    }
    step.inverse.apply(to: ket, coefficients: inverse, kernels: kernels, loop: loop)
    step.operation.addOverlaps(bra: bra, ket: ket, to: overlaps, kernels: kernels, loop: loop)
    step.inverse.apply(to: bra, coefficients: inverse, kernels: kernels, loop: loop)
  }

  /// Undoes a step of a batch and leaves its overlaps in `work.overlaps`, samples apart.
  private func backwardApart(_ step: Step, _ index: Int) {
    let inverse = coefficients(index, forward: false)
    let (bra, ket, kernels) = (work.bra, work.ket, evaluator.kernels)
    work.overlaps.initializeMemory(as: UInt8.self, repeating: 0, count: evaluator.plan.overlapBytes)
    if step.hasBackwardKernel {
      step.operation.backward(bra: bra, ket: ket, result: work.overlaps, coefficients: inverse, apart: true, kernels: kernels)
    } else if case .pauliRotation = step.form {
      step.operation.overlap(bra: bra, ket: ket, result: work.overlaps, apart: true, kernels: kernels)
      undo(step, index)
    } else {
      step.inverse.apply(to: ket, coefficients: inverse, kernels: kernels)
      step.operation.overlap(bra: bra, ket: ket, result: work.overlaps, apart: true, kernels: kernels)
      step.inverse.apply(to: bra, coefficients: inverse, kernels: kernels)
    }
  }

  /// From overlaps, samples apart, to gradients of parameters and features.
  private func addApartGradients(
    _ step: Step, _ overlaps: UnsafeRawPointer, terms: [Double]? = nil, _ sums: GradientSums,
    _ featureGradients: UnsafeMutablePointer<Double>?
  ) {
    guard let rotation = step.sampleRotation, case .matrix = step.form else {
      step.operation.reduce(overlaps, intoSamples: work.entries)
      return addAngleGradients(step, sums, featureGradients)
    }
    let gradient = work.scratch.row(2)
    step.operation.contract(
      overlaps, terms: terms ?? rotation.forward, frequency: rotation.frequency, cosine: work.tables.cosine(rotation.angle),
      sine: work.tables.sine(rotation.angle), into: gradient)
    withInputs { add(gradient, of: circuit.angles[rotation.angle], $0, sums, featureGradients) }
  }

  /// From overlaps by entry and sample to gradients of parameters and features.
  private func addAngleGradients(_ step: Step, _ sums: GradientSums, _ featureGradients: UnsafeMutablePointer<Double>?) {
    withInputs { inputs in
      step.forEachAngleGradient(overlaps: work.entries, work.tables, scratch: work.scratch) { angle, gradient in
        add(gradient, of: circuit.angles[angle], inputs, sums, featureGradients)
      }
    }
  }

  /// From the gradient by an angle in each lane to those of its symbols.
  private func add(
    _ gradient: UnsafePointer<Double>, of angle: CompiledAngle, _ inputs: AngleInputs, _ sums: GradientSums,
    _ featureGradients: UnsafeMutablePointer<Double>?
  ) {
    if angle.isAffine {
      angle.addSlopes(
        gradient, count: sampleCount, parameters: &sums.parameters, features: featureGradients, stride: circuit.featureCount)
    } else {
      angle.forEachDerivative(inputs, times: gradient, count: sampleCount) { add($2, to: $0, lane: $1, sums, featureGradients) }
    }
  }

  private func add(
    _ gradient: Double, to symbol: Angle.Symbol, lane: Int, _ sums: GradientSums, _ featureGradients: UnsafeMutablePointer<Double>?
  ) {
    switch symbol {
    case .parameter(let index): sums.parameters[index] += gradient
    case .feature(let index): featureGradients?[lane * circuit.featureCount + index] += gradient
    }
  }

  private func undo(
    _ phases: PhaseStep, _ index: Int, _ sums: GradientSums, _ featureGradients: UnsafeMutablePointer<Double>?
  ) {
    let memory = work.phases[index]!
    phases.undo(bra: work.bra, ket: work.ket, memory, kernels: evaluator.kernels)
    guard hasGradient(step: index, featureGradients) else { return }
    let gradient = work.scratch.row(2)
    withInputs { inputs in
      phases.forEachGradient(memory, width: layout.samples, row: gradient) { angle in
        let compiled = circuit.angles[angle]
        for lane in 0..<sampleCount { gradient[lane] *= compiled.frequency }
        add(gradient, of: compiled, inputs, sums, featureGradients)
      }
    }
  }

  private func undo(
    _ prepare: PreparationStep, _ index: Int, _ sums: GradientSums, _ featureGradients: UnsafeMutablePointer<Double>?
  ) {
    for lane in 0..<sampleCount {
      let amplitudes = preparations[index]![firstSample + lane]
      let overlaps = prepare.undo(bra: work.bra, ket: work.ket, lane: lane, amplitudes)
      prepare.forEachDerivative(
        overlaps, amplitudes, parameters: batch.parameters, features: batch.features.row(firstSample + lane)
      ) { add($1, to: $0, lane: lane, sums, featureGradients) }
    }
  }
}

extension Step {
  /// Whether one kernel takes the step back from bra and ket and collects its overlaps on the way.
  fileprivate var hasBackwardKernel: Bool { operation.hasBackwardKernel && operation.kind == inverse.kind }
}
