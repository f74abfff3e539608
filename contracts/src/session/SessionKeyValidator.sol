// SPDX-License-Identifier: MIT
pragma solidity 0.8.28;

import {PackedUserOperation} from "@account-abstraction/interfaces/PackedUserOperation.sol";

import {Calls} from "../account/Calls.sol";
import {MODULE_TYPE_VALIDATOR} from "../interfaces/IModule.sol";
import {ISessionAccount} from "../interfaces/ISessionAccount.sol";
import {ISessionModule} from "../interfaces/ISessionModule.sol";
import {Operation} from "./Operation.sol";
import {PolicyCheck} from "./PolicyCheck.sol";
import {SessionErrors} from "./SessionErrors.sol";
import {SessionSignature} from "./SessionSignature.sol";
import {SessionUsage} from "./SessionUsage.sol";
import {SessionViews} from "./SessionViews.sol";
import {SpecParser} from "./SpecParser.sol";
import {SpecReader} from "./SpecReader.sol";

/// @title Sessions
///
/// @notice Lets a key act for an account within policies that its owner approved. Only the session's hash and its usage
/// are stored; the spec comes with every operation.
///
/// @dev Everything is keyed by the calling account, so that no account can touch another's sessions.
/// @dev Does not verify: that `callData` is canonical and no banned target is called (the account does, before it asks);
/// what an allowed call does; that approvals given under a session end with it.
contract SessionKeyValidator is ISessionModule, SessionErrors, SessionViews {
    using SessionUsage for SessionUsage.Run;

    /// @notice A session was created. `spec` is all that its holder needs beside the key.
    event SessionCreated(address indexed account, bytes32 indexed id, bytes spec);

    /// @notice A session was closed for good.
    event SessionRevoked(address indexed account, bytes32 indexed id);

    /// @dev r 32, vs 32, time 6, deadline 6; then a byte a call, then the spec.
    uint256 private constant SIGNATURE_HEAD = 76;
    uint256 private constant SIGNATURE_FAILED = 1;

    /// @notice Creates a session of the calling account.
    ///
    /// @param spec Packed; layout in contracts/README.md, "Spec".
    ///
    /// @return id keccak256(spec). An id that was used once never comes back.
    function createSession(bytes calldata spec) external returns (bytes32 id) {
        address[] memory targets = SpecParser.parse(spec);
        uint256 epoch = ISessionAccount(msg.sender).checkSessionTargets(targets);
        id = keccak256(spec);
        uint256[129] storage words = _state[id][msg.sender];
        if (words[0] != 0) revert SessionAlreadyExists(id);
        words[0] = SessionUsage.word0(SessionUsage.STATUS_ACTIVE, epoch);
        emit SessionCreated(msg.sender, id, spec);
    }

    /// @inheritdoc ISessionModule
    function revokeSession(bytes32 id) external {
        _revoke(id);
    }

    /// @notice Closes sessions of the calling account for good. Those that are closed already are left as they are.
    function revokeSessions(bytes32[] calldata ids) external {
        for (uint256 i; i < ids.length; ++i) {
            _revoke(ids[i]);
        }
    }

    /// @inheritdoc ISessionModule
    function validateSession(PackedUserOperation calldata op, bytes32 userOpHash, uint256 epoch)
        external
        returns (uint256 validationData)
    {
        (bool batch, bytes calldata data) = Calls.reopen(Operation.callDataOf(op));
        uint256 n = batch ? Calls.count(data) : 1;
        SessionUsage.Run memory run = _open(Operation.signatureOf(op), n);
        if (SessionUsage.statusAndEpochOf(run.word0) != SessionUsage.activeIn(epoch)) revert SessionNotActive();
        unchecked {
            for (uint256 i; i < n; ++i) {
                _chargeCall(run, batch, data, i);
            }
        }
        _chargeFee(run, op);
        if (run.validUntil == 0 || run.validAfter >= run.validUntil) revert EmptyTimeRange();
        run.commit();
        validationData = run.validAfter << 208 | run.validUntil << 160;
        if (!_isSigned(run, userOpHash)) validationData |= SIGNATURE_FAILED;
    }

    /// @notice ERC-7579.
    function isModuleType(uint256 moduleType) external pure returns (bool) {
        return moduleType == MODULE_TYPE_VALIDATOR;
    }

    /// @notice ERC-7579. Nothing to do: the account moves its session epoch.
    function onInstall(bytes calldata) external {}

    /// @notice ERC-7579. Nothing to do: the account moves its session epoch.
    function onUninstall(bytes calldata) external {}

    function _revoke(bytes32 id) private {
        uint256[129] storage words = _state[id][msg.sender];
        uint256 status = SessionUsage.statusOf(words[0]);
        if (status == SessionUsage.STATUS_CLOSED) return;
        if (status != SessionUsage.STATUS_ACTIVE) revert SessionNotActive();
        words[0] = SessionUsage.word0(SessionUsage.STATUS_CLOSED, 0);
        emit SessionRevoked(msg.sender, id);
    }

    /// @dev Reads the signature of an operation of `n` calls.
    function _open(bytes calldata signature, uint256 n) private view returns (SessionUsage.Run memory run) {
        uint256 start;
        uint256 spec;
        bytes32 id;
        unchecked {
            // No operation has calls enough to overflow.
            if (signature.length < SIGNATURE_HEAD + n + SpecReader.HEADER_LENGTH) revert InvalidSignatureFormat();
            assembly ("memory-safe") {
                start := signature.offset
                spec := add(add(start, SIGNATURE_HEAD), n)
                let m := mload(0x40)
                let length := sub(add(start, signature.length), spec)
                calldatacopy(m, spec, length)
                id := keccak256(m, length)
            }
            uint256 until = SpecReader.expiresAtOf(spec);
            uint256 deadline = SpecReader.read(start + 70, 6);
            uint256 slot = _slotOf(id, msg.sender);
            run = SessionUsage.Run({
                id: id,
                signature: start,
                spec: spec,
                slot: slot,
                word0: SessionUsage.load(slot),
                time: SpecReader.read(start + 64, 6),
                validAfter: 0,
                validUntil: deadline < until ? deadline : until
            });
        }
    }

    function _chargeCall(SessionUsage.Run memory run, bool batch, bytes calldata data, uint256 i) private {
        (address target, uint256 value, bytes calldata args) = batch ? Calls.item(data, i) : Calls.single(data);
        if (target != address(this)) {
            unchecked {
                PolicyCheck.charge(run, SpecReader.read(run.signature + SIGNATURE_HEAD + i, 1), target, value, args);
            }
            return;
        }
        // The account lets no other call to this module through, and a policy for one cannot exist.
        bool closesItself = !batch && value == 0 && args.length == 36
            && bytes4(args) == ISessionModule.revokeSession.selector && bytes32(args[4:]) == run.id;
        if (!closesItself) revert CallPolicyViolated(target, bytes4(args));
    }

    function _chargeFee(SessionUsage.Run memory run, PackedUserOperation calldata op) private {
        uint256 spec = run.spec;
        uint256 flags = SpecReader.flagsOf(spec);
        uint256 gas = op.preVerificationGas + uint256(op.accountGasLimits >> 128)
            + uint128(uint256(op.accountGasLimits));
        bytes calldata paymasterAndData = Operation.paymasterAndDataOf(op);
        if (paymasterAndData.length != 0) {
            address paymaster = address(bytes20(paymasterAndData));
            gas += uint128(bytes16(paymasterAndData[20:])) + uint256(uint128(bytes16(paymasterAndData[36:])));
            uint256 mode = flags & SpecReader.PAYMASTER_MODE;
            if (mode == SpecReader.PAYMASTER_NONE) revert PaymasterNotAllowed(paymaster);
            if (mode == SpecReader.PAYMASTER_LISTED) {
                if (paymaster != SpecReader.paymasterOf(spec, flags)) revert PaymasterNotAllowed(paymaster);
                return;
            }
        }
        uint256 fee = uint256(uint128(uint256(op.gasFees))) * gas;
        uint256 limit = SpecReader.feeLimitOf(spec);
        if (flags & SpecReader.FEE_ALLOWANCE != 0) run.chargeAllowance(0, limit, SpecReader.feePeriodOf(spec), fee);
        else run.chargeFee(limit, fee);
    }

    /// @dev By the session's key, over keccak256(userOpHash ‖ id ‖ time ‖ deadline).
    function _isSigned(SessionUsage.Run memory run, bytes32 userOpHash) private pure returns (bool) {
        uint256 signature = run.signature;
        bytes32 id = run.id;
        bytes32 hash;
        assembly ("memory-safe") {
            let m := mload(0x40)
            mstore(m, userOpHash)
            mstore(add(m, 0x20), id)
            calldatacopy(add(m, 0x40), add(signature, 64), 12)
            hash := keccak256(m, 76)
        }
        return SessionSignature.isSigned(
            hash, SpecReader.read(signature, 32), SpecReader.read(signature + 32, 32), SpecReader.signerOf(run.spec)
        );
    }
}
