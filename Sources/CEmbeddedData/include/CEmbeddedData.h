// CEmbeddedData
