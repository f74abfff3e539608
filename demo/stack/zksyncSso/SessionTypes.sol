// SPDX-License-Identifier: MIT
pragma solidity 0.8.28;

/// @notice What a session is on the wire: the structs and errors that callers of the session module see.
library SessionTypes {
    enum LimitType {
        Unlimited,
        Lifetime,
        Allowance
    }

    enum Condition {
        Unconstrained,
        Equal,
        Greater,
        Less,
        GreaterOrEqual,
        LessOrEqual,
        NotEqual
    }

    enum Status {
        NotInitialized,
        Active,
        Closed
    }

    struct UsageLimit {
        LimitType limitType;
        uint256 limit;
        uint48 period;
    }

    struct Constraint {
        Condition condition;
        uint64 index;
        bytes32 refValue;
        UsageLimit limit;
    }

    struct CallSpec {
        address target;
        bytes4 selector;
        uint256 maxValuePerUse;
        UsageLimit valueLimit;
        Constraint[] constraints;
    }

    struct TransferSpec {
        address target;
        uint256 maxValuePerUse;
        UsageLimit valueLimit;
    }

    struct SessionSpec {
        address signer;
        uint48 expiresAt;
        UsageLimit feeLimit;
        CallSpec[] callPolicies;
        TransferSpec[] transferPolicies;
    }

    struct LimitState {
        uint256 remaining;
        address target;
        bytes4 selector;
        uint256 index;
    }

    struct SessionState {
        Status status;
        uint256 feesRemaining;
        LimitState[] transferValue;
        LimitState[] callValue;
        LimitState[] callParams;
    }

    error CallPolicyViolated(address target, bytes4 selector);
    error TransferPolicyViolated(address target);
    error MaxValueExceeded(uint256 value, uint256 maxValuePerUse);
    error LifetimeUsageExceeded(uint256 used, uint256 limit);
    error AllowanceExceeded(uint256 used, uint256 limit, uint64 periodId);
    error ConditionViolated(bytes32 word, bytes32 refValue, uint8 condition);
    error SessionNotActive();
    error InvalidNonceKey(uint192 nonceKey, uint192 expected);
    error SignerAlreadyUsed(address signer);
    error CallPolicyBanned(address target, bytes4 selector);
    error UnlimitedFees();
    error SessionExpiresTooSoon(uint256 expiresAt);
    error SessionAlreadyExists(bytes32 sessionHash);
    error EmptyTimeRange();
    error InvalidSigner(address recovered, address expected);
    error ZeroSigner();
    error InvalidData();
    error InvalidDataLength(uint256 length, uint256 required);
    error InvalidCallType(bytes1 callType, bytes1 expected);
    error InvalidExecType(bytes1 execType);
    error InvalidTopLevelSelector(bytes4 selector, bytes4 expected);
    error NotInitialized(address account);
}
