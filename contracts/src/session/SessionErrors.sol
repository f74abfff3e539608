// SPDX-License-Identifier: MIT
pragma solidity 0.8.28;

/// @title Errors of the session module
interface SessionErrors {
    /// @notice There is no such session of this account, or it is closed, or of an earlier epoch.
    error SessionNotActive();

    /// @notice The policy that the signature names does not allow this call.
    error CallPolicyViolated(address target, bytes4 selector);

    /// @notice The policy that the signature names does not allow this transfer.
    error TransferPolicyViolated(address target);

    /// @notice More value than one use may carry, in wei.
    error MaxValueExceeded(uint256 value, uint256 maxValue);

    /// @notice More than is left of a lifetime limit. Uses count 1 each; fees and values in wei.
    error LifetimeUsageExceeded(uint256 amount, uint256 left);

    /// @notice More than is left of an allowance in period `pid`.
    error AllowanceExceeded(uint256 amount, uint256 left, uint64 pid);

    /// @notice A later period has been charged already.
    error PeriodElapsed(uint64 storedPid, uint64 pid);

    /// @notice `condition` does not hold between the argument and `ref`.
    error ConditionViolated(bytes32 value, bytes32 ref, uint8 condition);

    /// @notice The call's data ends before the argument that a constraint reads, or is 1 to 3 bytes long.
    error InvalidDataLength(uint256 length, uint256 expected);

    /// @notice The session may not use this paymaster.
    error PaymasterNotAllowed(address paymaster);

    /// @notice The operation would be valid at no time.
    error EmptyTimeRange();

    /// @notice The session exists, or existed once.
    error SessionAlreadyExists(bytes32 id);

    /// @notice The session would be over already.
    error SessionExpiresTooSoon(uint256 expiresAt);

    /// @notice The session would last longer than 365 days.
    error SessionExpiresTooLate(uint256 expiresAt);

    /// @notice The signer is the zero address.
    error ZeroSigner();

    /// @notice The spec is not well-formed at this offset.
    error InvalidSpec(uint256 offset);

    /// @notice No session may call this address.
    error TargetBanned(address target);

    /// @notice The signature is too short for the operation's calls.
    error InvalidSignatureFormat();
}
