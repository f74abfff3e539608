// SPDX-License-Identifier: MIT
pragma solidity 0.8.28;

import {PackedUserOperation} from "@account-abstraction/interfaces/PackedUserOperation.sol";

import {IModule} from "./IModule.sol";

/// @title ERC-7579 validator, as far as the account asks it
interface IValidator is IModule {
    /// @notice Validates an operation of the calling account.
    ///
    /// @return validationData ERC-4337: signature failure, validUntil, validAfter.
    function validateUserOp(PackedUserOperation calldata op, bytes32 userOpHash)
        external
        returns (uint256 validationData);
}
