// SPDX-License-Identifier: MIT
pragma solidity 0.8.28;

import {BasePaymaster} from "@account-abstraction/contracts/core/BasePaymaster.sol";
import {IEntryPoint} from "@account-abstraction/contracts/interfaces/IEntryPoint.sol";
import {PackedUserOperation} from "@account-abstraction/contracts/interfaces/PackedUserOperation.sol";

/// @title DemoGeneralPaymaster
///
/// @notice Pays for everybody who hands it the word that it knows: a paymaster without a service that signs, as in the general flow.
contract DemoGeneralPaymaster is BasePaymaster {
    bytes32 private constant WORD = keccak256("harvest");

    /// @param entryPoint The EntryPoint v0.8.
    constructor(IEntryPoint entryPoint) BasePaymaster(entryPoint) {}

    /// @inheritdoc BasePaymaster
    function _validatePaymasterUserOp(PackedUserOperation calldata op, bytes32, uint256)
        internal
        pure
        override
        returns (bytes memory context, uint256 validationData)
    {
        bool knows = keccak256(op.paymasterAndData[PAYMASTER_DATA_OFFSET:]) == WORD;
        return ("", knows ? 0 : 1);
    }
}
