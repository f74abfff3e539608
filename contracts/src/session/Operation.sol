// SPDX-License-Identifier: MIT
pragma solidity 0.8.28;

import {PackedUserOperation} from "@account-abstraction/interfaces/PackedUserOperation.sol";

/// @title Byte strings of an operation that an account hands on
///
/// @dev A fifth of the gas of the compiler's access. EntryPoint encoded the operation, and the account has read it through
/// the compiler before.
/// @dev Does not verify: that a string lies inside calldata. Who is no account and calls with another encoding reads
/// what it likes of its own calldata, for sessions of its own.
library Operation {
    function callDataOf(PackedUserOperation calldata op) internal pure returns (bytes calldata) {
        return _at(op, 0x60);
    }

    function paymasterAndDataOf(PackedUserOperation calldata op) internal pure returns (bytes calldata) {
        return _at(op, 0xe0);
    }

    function signatureOf(PackedUserOperation calldata op) internal pure returns (bytes calldata) {
        return _at(op, 0x100);
    }

    /// @param field Offset of the member in the struct.
    function _at(PackedUserOperation calldata op, uint256 field) private pure returns (bytes calldata data) {
        assembly ("memory-safe") {
            let at := add(op, calldataload(add(op, field)))
            data.length := calldataload(at)
            data.offset := add(at, 0x20)
        }
    }
}
