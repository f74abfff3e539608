// SPDX-License-Identifier: MIT
pragma solidity 0.8.28;

import {_packValidationData} from "@account-abstraction/contracts/core/Helpers.sol";
import {PackedUserOperation} from "@account-abstraction/contracts/interfaces/PackedUserOperation.sol";
import {UserOperationLib} from "@account-abstraction/contracts/core/UserOperationLib.sol";
import {ECDSA} from "@openzeppelin/contracts/utils/cryptography/ECDSA.sol";
import {SessionTypes} from "./SessionTypes.sol";
import {SsoAccount} from "./SsoAccount.sol";
import {UsageBook} from "./UsageBook.sol";

/// @title SessionKeyValidator
///
/// @notice A double of the public session module: sessions by the hash of their spec, usage written while validating.
contract SessionKeyValidator is UsageBook {
    using UserOperationLib for PackedUserOperation;

    event SessionCreated(address indexed account, bytes32 indexed sessionHash, SessionTypes.SessionSpec spec);
    event SessionRevoked(address indexed account, bytes32 indexed sessionHash);

    mapping(address signer => bytes32 sessionHash) public sessionSigner;
    mapping(bytes32 sessionHash => mapping(address account => SessionTypes.Status status)) private _status;

    function isModuleType(uint256 moduleType) external pure returns (bool) {
        return moduleType == 1;
    }

    function onInstall(bytes calldata) external {}

    function sessionStatus(address account, bytes32 sessionHash) external view returns (SessionTypes.Status) {
        return _status[sessionHash][account];
    }

    /// @notice What a session has left, in the periods of this block.
    function sessionState(address account, SessionTypes.SessionSpec calldata spec)
        external
        view
        returns (SessionTypes.SessionState memory)
    {
        bytes32 hash = keccak256(abi.encode(spec));
        return _state(_status[hash][account], hash, account, spec);
    }

    /// @param proof By the session key, over the session's hash and the account.
    function createSession(SessionTypes.SessionSpec calldata spec, bytes calldata proof) external {
        if (!_isInstalled(1, address(this))) revert SessionTypes.NotInitialized(msg.sender);
        bytes32 hash = keccak256(abi.encode(spec));
        if (spec.signer == address(0)) revert SessionTypes.ZeroSigner();
        if (sessionSigner[spec.signer] != 0) revert SessionTypes.SignerAlreadyUsed(spec.signer);
        if (spec.feeLimit.limitType == SessionTypes.LimitType.Unlimited) revert SessionTypes.UnlimitedFees();
        if (_status[hash][msg.sender] != SessionTypes.Status.NotInitialized) {
            revert SessionTypes.SessionAlreadyExists(hash);
        }
        if (spec.expiresAt < block.timestamp + 60) revert SessionTypes.SessionExpiresTooSoon(spec.expiresAt);
        for (uint256 i; i < spec.callPolicies.length; ++i) {
            _refuseBanned(spec.callPolicies[i].target, spec.callPolicies[i].selector);
        }
        for (uint256 i; i < spec.transferPolicies.length; ++i) {
            _refuseBanned(spec.transferPolicies[i].target, 0);
        }
        (address signer,,) = ECDSA.tryRecover(keccak256(abi.encode(hash, msg.sender)), proof);
        if (signer != spec.signer) revert SessionTypes.InvalidSigner(signer, spec.signer);
        _status[hash][msg.sender] = SessionTypes.Status.Active;
        sessionSigner[spec.signer] = hash;
        emit SessionCreated(msg.sender, hash, spec);
    }

    function revokeKey(bytes32 sessionHash) public {
        if (_status[sessionHash][msg.sender] != SessionTypes.Status.Active) revert SessionTypes.SessionNotActive();
        _status[sessionHash][msg.sender] = SessionTypes.Status.Closed;
        emit SessionRevoked(msg.sender, sessionHash);
    }

    function revokeKeys(bytes32[] calldata sessionHashes) external {
        for (uint256 i; i < sessionHashes.length; ++i) {
            revokeKey(sessionHashes[i]);
        }
    }

    /// @notice Order: status → policy → greatest value → value limit → constraints → signature → fee.
    function validateUserOp(PackedUserOperation calldata op, bytes32 userOpHash) external returns (uint256) {
        (bytes memory signature, SessionTypes.SessionSpec memory spec, uint48[] memory periodIds) =
            abi.decode(op.signature[20:], (bytes, SessionTypes.SessionSpec, uint48[]));
        uint192 nonceKey = uint192(op.nonce >> 64);
        if (spec.signer == address(0)) revert SessionTypes.ZeroSigner();
        if (nonceKey != uint160(spec.signer)) {
            revert SessionTypes.InvalidNonceKey(nonceKey, uint160(spec.signer));
        }
        bytes32 hash = keccak256(abi.encode(spec));
        if (_status[hash][msg.sender] != SessionTypes.Status.Active) revert SessionTypes.SessionNotActive();
        Range memory range = Range(0, spec.expiresAt);
        _chargeCall(hash, spec, op.callData, periodIds, range);
        (address signer, ECDSA.RecoverError failure,) = ECDSA.tryRecover(userOpHash, signature);
        if (failure != ECDSA.RecoverError.NoError || signer != spec.signer) return 1;
        // An estimation, whose signature is wrong, has not come this far: its gas limits are too high for the fee limit.
        if (op.paymasterAndData.length == 0) _chargeFee(hash, spec.feeLimit, op, periodIds[0], range);
        if (range.validUntil == 0 || range.validAfter >= range.validUntil) revert SessionTypes.EmptyTimeRange();
        return _packValidationData(false, range.validUntil, range.validAfter);
    }

    /// @notice Session keys never sign messages.
    function isValidSignatureWithSender(address, bytes32, bytes calldata) external pure returns (bytes4) {
        return 0xffffffff;
    }

    function _chargeFee(
        bytes32 hash,
        SessionTypes.UsageLimit memory limit,
        PackedUserOperation calldata op,
        uint48 periodId,
        Range memory range
    ) private {
        uint256 gas = op.preVerificationGas + op.unpackVerificationGasLimit() + op.unpackCallGasLimit();
        _charge(keccak256(abi.encode(hash, "fee")), limit, op.gasPrice() * gas, periodId, range);
    }

    function _chargeCall(
        bytes32 hash,
        SessionTypes.SessionSpec memory spec,
        bytes calldata callData,
        uint48[] memory periodIds,
        Range memory range
    ) private {
        (address target, uint256 value, bytes calldata data) = _readSingle(callData);
        if (data.length == 0) {
            _chargeTransfer(hash, spec, target, value, periodIds, range);
            return;
        }
        if (data.length < 4) revert SessionTypes.InvalidData();
        bytes4 selector = bytes4(data[:4]);
        for (uint256 i; i < spec.callPolicies.length; ++i) {
            SessionTypes.CallSpec memory policy = spec.callPolicies[i];
            if (policy.target != target || policy.selector != selector) continue;
            if (value > policy.maxValuePerUse) {
                revert SessionTypes.MaxValueExceeded(value, policy.maxValuePerUse);
            }
            _charge(_callValue(hash, target, selector), policy.valueLimit, value, periodIds[1], range);
            _chargeWords(hash, policy, data, periodIds, range);
            return;
        }
        revert SessionTypes.CallPolicyViolated(target, selector);
    }

    function _chargeWords(
        bytes32 hash,
        SessionTypes.CallSpec memory policy,
        bytes calldata data,
        uint48[] memory periodIds,
        Range memory range
    ) private {
        for (uint256 i; i < policy.constraints.length; ++i) {
            SessionTypes.Constraint memory constraint = policy.constraints[i];
            uint256 word = _checkedWord(constraint, data);
            _charge(_callParam(hash, policy.target, policy.selector, i), constraint.limit, word, periodIds[2 + i], range);
        }
    }

    function _chargeTransfer(
        bytes32 hash,
        SessionTypes.SessionSpec memory spec,
        address target,
        uint256 value,
        uint48[] memory periodIds,
        Range memory range
    ) private {
        for (uint256 i; i < spec.transferPolicies.length; ++i) {
            SessionTypes.TransferSpec memory policy = spec.transferPolicies[i];
            if (policy.target != target) continue;
            if (value > policy.maxValuePerUse) {
                revert SessionTypes.MaxValueExceeded(value, policy.maxValuePerUse);
            }
            _charge(_transferValue(hash, target), policy.valueLimit, value, periodIds[1], range);
            return;
        }
        revert SessionTypes.TransferPolicyViolated(target);
    }

    /// @dev Only `execute`, one call, the canonical offset.
    function _readSingle(bytes calldata callData) private pure returns (address, uint256, bytes calldata) {
        bytes4 selector = bytes4(callData[:4]);
        if (selector != SsoAccount.execute.selector) {
            revert SessionTypes.InvalidTopLevelSelector(selector, SsoAccount.execute.selector);
        }
        if (callData[4] != 0) revert SessionTypes.InvalidCallType(callData[4], 0);
        if (callData[5] > 0x01) revert SessionTypes.InvalidExecType(callData[5]);
        if (uint256(bytes32(callData[36:68])) != 64) revert SessionTypes.InvalidData();
        uint256 length = uint256(bytes32(callData[68:100]));
        bytes calldata data = callData[100:100 + length];
        return (address(bytes20(data[:20])), uint256(bytes32(data[20:52])), data[52:]);
    }

    function _checkedWord(SessionTypes.Constraint memory constraint, bytes calldata data)
        private
        pure
        returns (uint256)
    {
        uint256 start = 4 + 32 * uint256(constraint.index);
        if (data.length < start + 32) revert SessionTypes.InvalidDataLength(data.length, start + 32);
        bytes32 word = bytes32(data[start:start + 32]);
        (bytes32 ref, SessionTypes.Condition condition) = (constraint.refValue, constraint.condition);
        bool holds = condition == SessionTypes.Condition.Unconstrained
            || (condition == SessionTypes.Condition.Equal && word == ref)
            || (condition == SessionTypes.Condition.Greater && word > ref)
            || (condition == SessionTypes.Condition.Less && word < ref)
            || (condition == SessionTypes.Condition.GreaterOrEqual && word >= ref)
            || (condition == SessionTypes.Condition.LessOrEqual && word <= ref)
            || (condition == SessionTypes.Condition.NotEqual && word != ref);
        if (!holds) revert SessionTypes.ConditionViolated(word, ref, uint8(condition));
        return uint256(word);
    }

    function _refuseBanned(address target, bytes4 selector) private view {
        bool banned =
            target == msg.sender || target == address(this) || _isInstalled(1, target) || _isInstalled(2, target);
        if (banned) revert SessionTypes.CallPolicyBanned(target, selector);
    }

    function _isInstalled(uint256 moduleType, address module) private view returns (bool) {
        return SsoAccount(payable(msg.sender)).isModuleInstalled(moduleType, module, "");
    }
}
