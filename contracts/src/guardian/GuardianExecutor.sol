// SPDX-License-Identifier: MIT
pragma solidity 0.8.28;

import {IGuardedAccount} from "../interfaces/IGuardedAccount.sol";
import {IModule, MODULE_TYPE_EXECUTOR} from "../interfaces/IModule.sol";

/// @title Recovery by guardians
///
/// @notice A guardian that the owner proposed and that accepted may replace passkeys: it announces the new key, waits
/// 24 hours, and has until 72 hours to finish. The owner can discard it; then that guardian waits 72 hours. A finished
/// recovery voids those of other guardians: who owned the account while they waited could not discard them.
///
/// @dev Does not verify: that the owner really lost the passkey. It covers loss, not theft: a thief who has a passkey
/// can discard every recovery.
contract GuardianExecutor is IModule {
    /// @notice The owner proposed a guardian.
    event GuardianProposed(address indexed account, address indexed guardian);

    /// @notice The guardian accepted.
    event GuardianAdded(address indexed account, address indexed guardian);

    /// @notice The owner removed a guardian, or took a proposal back.
    event GuardianRemoved(address indexed account, address indexed guardian);

    /// @notice All guardians of the account ceased: it uninstalled this module.
    event GuardiansEnded(address indexed account, uint256 epoch);

    /// @notice A recovery was announced. It can be finished after `startedAt` + 24 h and before `startedAt` + 72 h.
    event RecoveryInitialized(
        address indexed account,
        address indexed guardian,
        bytes32 x,
        bytes32 y,
        bytes credentialId,
        string origin,
        bytes32[] removedKeyIds
    );

    /// @notice Passkeys were replaced.
    event RecoveryFinished(address indexed account, address indexed guardian);

    /// @notice The owner discarded a recovery.
    event RecoveryDiscarded(address indexed account, address indexed guardian);

    /// @notice The address cannot be a guardian.
    error InvalidGuardian(address guardian);

    /// @notice The guardian is not in the state that this needs.
    error GuardianStatusInvalid(address account, address guardian, uint8 status);

    /// @notice A recovery of this guardian is pending, or the owner discarded one less than 72 hours ago.
    error RecoveryBlocked(uint256 until);

    /// @notice No such recovery is pending.
    error NoRecovery(address account, address guardian);

    /// @notice Too early or too late to finish.
    error RecoveryTimestampInvalid(uint256 startedAt);

    uint256 private constant DELAY = 24 hours;
    uint256 private constant END = 72 hours;
    uint256 private constant PAUSE = 72 hours;

    uint8 private constant NONE = 0;
    uint8 private constant PROPOSED = 1;
    uint8 private constant ACCEPTED = 2;

    struct Guardian {
        uint8 status;
        uint48 startedAt; // 0: no recovery
        uint48 blockedUntil;
        uint64 round; // in which the recovery was announced
        bytes32 recovery; // keccak256 of its arguments
    }

    mapping(address account => uint256) private _epochs;
    mapping(address account => uint256 finished) private _rounds;
    mapping(address account => mapping(uint256 epoch => mapping(address guardian => Guardian))) private _guardians;

    /// @notice Proposes a guardian of the calling account.
    function proposeGuardian(address guardian) external {
        if (guardian == address(0) || guardian == msg.sender) revert InvalidGuardian(guardian);
        Guardian storage g = _guardian(msg.sender, guardian);
        _expect(msg.sender, guardian, g, NONE);
        g.status = PROPOSED;
        emit GuardianProposed(msg.sender, guardian);
    }

    /// @notice Accepts to be a guardian of `account`.
    function acceptGuardian(address account) external {
        Guardian storage g = _guardian(account, msg.sender);
        _expect(account, msg.sender, g, PROPOSED);
        g.status = ACCEPTED;
        emit GuardianAdded(account, msg.sender);
    }

    /// @notice Removes a guardian of the calling account, with its recovery.
    function removeGuardian(address guardian) external {
        Guardian storage g = _guardian(msg.sender, guardian);
        if (g.status == NONE) revert GuardianStatusInvalid(msg.sender, guardian, NONE);
        delete _guardians[msg.sender][_epochs[msg.sender]][guardian];
        emit GuardianRemoved(msg.sender, guardian);
    }

    /// @notice Announces a recovery of `account` by the calling guardian.
    ///
    /// @param removedKeyIds Passkeys to remove. Those that are gone when it is finished are passed over.
    function initializeRecovery(
        address account,
        bytes32 x,
        bytes32 y,
        bytes calldata credentialId,
        string calldata origin,
        bytes32[] calldata removedKeyIds
    ) external {
        Guardian storage g = _guardian(account, msg.sender);
        _expect(account, msg.sender, g, ACCEPTED);
        uint256 startedAt = _startOf(account, g);
        if (startedAt != 0 && block.timestamp < startedAt + END) revert RecoveryBlocked(startedAt + END);
        if (block.timestamp < g.blockedUntil) revert RecoveryBlocked(g.blockedUntil);
        g.startedAt = uint48(block.timestamp);
        g.round = uint64(_rounds[account]);
        g.recovery = keccak256(abi.encode(x, y, credentialId, origin, removedKeyIds));
        emit RecoveryInitialized(account, msg.sender, x, y, credentialId, origin, removedKeyIds);
    }

    /// @notice Finishes the calling guardian's recovery of `account`, with the arguments that it announced.
    function finalizeRecovery(
        address account,
        bytes32 x,
        bytes32 y,
        bytes calldata credentialId,
        string calldata origin,
        bytes32[] calldata removedKeyIds
    ) external {
        Guardian storage g = _guardian(account, msg.sender);
        _expect(account, msg.sender, g, ACCEPTED);
        uint256 startedAt = _startOf(account, g);
        if (startedAt == 0 || g.recovery != keccak256(abi.encode(x, y, credentialId, origin, removedKeyIds))) {
            revert NoRecovery(account, msg.sender);
        }
        if (block.timestamp <= startedAt + DELAY || block.timestamp >= startedAt + END) {
            revert RecoveryTimestampInvalid(startedAt);
        }
        (g.startedAt, g.recovery) = (0, 0);
        ++_rounds[account];
        IGuardedAccount(account).recover(x, y, credentialId, origin, removedKeyIds);
        emit RecoveryFinished(account, msg.sender);
    }

    /// @notice Discards the recovery of a guardian of the calling account.
    function discardRecovery(address guardian) external {
        Guardian storage g = _guardian(msg.sender, guardian);
        if (_startOf(msg.sender, g) == 0) revert NoRecovery(msg.sender, guardian);
        (g.startedAt, g.recovery) = (0, 0);
        g.blockedUntil = uint48(block.timestamp + PAUSE);
        emit RecoveryDiscarded(msg.sender, guardian);
    }

    /// @notice 0 no guardian, 1 proposed, 2 accepted.
    function guardianStatus(address account, address guardian) external view returns (uint8) {
        return _guardian(account, guardian).status;
    }

    /// @notice Recovery of a guardian: hash of its arguments and unix seconds of its start, 0 if there is none.
    function pendingRecovery(address account, address guardian)
        external
        view
        returns (bytes32 recovery, uint256 startedAt)
    {
        Guardian storage g = _guardian(account, guardian);
        startedAt = _startOf(account, g);
        if (startedAt != 0) recovery = g.recovery;
    }

    /// @inheritdoc IModule
    function onInstall(bytes calldata) external {}

    /// @notice Ends all guardians of the calling account.
    function onUninstall(bytes calldata) external {
        uint256 epoch = ++_epochs[msg.sender];
        emit GuardiansEnded(msg.sender, epoch);
    }

    /// @inheritdoc IModule
    function isModuleType(uint256 moduleType) external pure returns (bool) {
        return moduleType == MODULE_TYPE_EXECUTOR;
    }

    function _guardian(address account, address guardian) private view returns (Guardian storage) {
        return _guardians[account][_epochs[account]][guardian];
    }

    /// @return Unix seconds at which the guardian's recovery was announced; 0 if there is none, or another was finished.
    function _startOf(address account, Guardian storage g) private view returns (uint256) {
        return g.round == _rounds[account] ? g.startedAt : 0;
    }

    function _expect(address account, address guardian, Guardian storage g, uint8 status) private view {
        if (g.status != status) revert GuardianStatusInvalid(account, guardian, g.status);
    }
}
