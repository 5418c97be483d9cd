import HilbertCommands

HilbertCommand.main()
