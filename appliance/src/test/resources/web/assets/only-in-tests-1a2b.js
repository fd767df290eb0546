// for HttpContractTest
