// SPDX-License-Identifier: MIT
pragma solidity 0.8.28;

/// @title Account proxy (ERC-1967)
///
/// @notice Delegates every call that carries data. A call without data just succeeds, so that plain ETH arrives within
/// the 2,300 gas of `transfer`.
///
/// @dev Written in bytecode: 63 bytes, and every byte of it costs 200 gas per account.
library AccountProxy {
    /// @notice Creation code: stores the implementation and returns the runtime code.
    function initCode(address implementation) internal pure returns (bytes memory) {
        return abi.encodePacked(
            // PUSH20 implementation, PUSH32 slot of ERC-1967, SSTORE
            hex"73",
            implementation,
            hex"7f360894a13ba1a3210667c828492db98dca3e2076cc3735a920a3ca505d382bbc55",
            // 63 bytes from 0x40 on: PUSH1, DUP1, PUSH1, 0, CODECOPY, 0, RETURN
            hex"603f8060403d393df3",
            // 00: CALLDATASIZE, PUSH1 05, JUMPI, STOP
            hex"3660055700",
            // 05: JUMPDEST, CALLDATACOPY(0, 0, CALLDATASIZE)
            hex"5b363d3d37",
            // 0a: retSize 0, retOffset 0, argsSize CALLDATASIZE, argsOffset 0
            hex"3d3d363d",
            // 0e: SLOAD(slot), GAS, DELEGATECALL
            hex"7f360894a13ba1a3210667c828492db98dca3e2076cc3735a920a3ca505d382bbc545af4",
            // 32: RETURNDATACOPY(0, 0, RETURNDATASIZE)
            hex"3d5f5f3e",
            // 36: RETURNDATASIZE, 0, DUP3 (success), PUSH1 3d, JUMPI, REVERT
            hex"3d5f82603d57fd",
            // 3d: JUMPDEST, RETURN
            hex"5bf3"
        );
    }
}
