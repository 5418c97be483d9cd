// CStateKernels
