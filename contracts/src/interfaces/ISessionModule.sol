// SPDX-License-Identifier: MIT
pragma solidity 0.8.28;

import {PackedUserOperation} from "@account-abstraction/interfaces/PackedUserOperation.sol";

/// @title What an account asks of the session module
interface ISessionModule {
    /// @notice Checks, charges and authenticates an operation of the calling account.
    ///
    /// @dev The caller has checked that `op.callData` is canonical and that no banned target is called.
    ///
    /// @param epoch The account's session epoch.
    ///
    /// @return validationData ERC-4337: signature failure, validUntil, validAfter.
    function validateSession(PackedUserOperation calldata op, bytes32 userOpHash, uint256 epoch)
        external
        returns (uint256 validationData);

    /// @notice Closes a session of the calling account for good.
    function revokeSession(bytes32 id) external;
}
