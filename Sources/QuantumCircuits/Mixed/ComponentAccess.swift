import QuantumStates

/// Single components of a state by number and lane.
struct ComponentAccess {
  let base: UnsafeMutableRawPointer
  let layout: ComponentLayout

  subscript(component: Int, lane: Int) -> Double {
    get {
      let place = component * layout.samples + lane
      return layout.precision == .float
        ? Double(base.assumingMemoryBound(to: Float.self)[place]) : base.assumingMemoryBound(to: Double.self)[place]
    }
    nonmutating set {
      let place = component * layout.samples + lane
      if layout.precision == .float {
        base.assumingMemoryBound(to: Float.self)[place] = Float(newValue)
      } else {
        base.assumingMemoryBound(to: Double.self)[place] = newValue
      }
    }
  }
}
