#include "CStateKernels.h"
