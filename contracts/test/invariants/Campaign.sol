// SPDX-License-Identifier: MIT
pragma solidity 0.8.28;

import {IEntryPoint} from "@account-abstraction/interfaces/IEntryPoint.sol";
import {PackedUserOperation} from "@account-abstraction/interfaces/PackedUserOperation.sol";

import {Wallet} from "../fixtures/Wallet.sol";

/// @title What the handlers of all campaigns share
///
/// @dev Handlers keep books of their own, from balances before and after and from the spec as it is written down in
/// contracts/README.md, and never ask the contracts' views. An action never reverts, whatever EntryPoint answers, so that
/// with `fail_on_revert` a revert is a defect of the handler.
abstract contract Campaign is Wallet {
    /// @dev contracts/README.md: ERC-7201 `latchkey.account`, and ERC-1967.
    bytes32 internal constant CONFIG_SLOT =
        keccak256(abi.encode(uint256(keccak256("latchkey.account")) - 1)) & ~bytes32(uint256(0xff));
    bytes32 internal constant IMPLEMENTATION_SLOT = bytes32(uint256(keccak256("eip1967.proxy.implementation")) - 1);

    /// @dev Gas limits of a usual operation, and the fee that it is charged for at 1 gwei.
    uint256 internal constant GAS = 400_000;
    uint256 internal constant FEE = (50_000 + 2 * GAS) * 1 gwei;

    /// @notice Operations that EntryPoint took, whatever became of their calls.
    uint256 public accepted;
    uint256 public refused;

    function setUp() public virtual override {
        vm.deal(address(this), 1000 ether);
        super.setUp();
    }

    /// @return taken Whether EntryPoint took the operation. What it called may have reverted all the same.
    function _submit(PackedUserOperation memory o) internal returns (bool taken) {
        PackedUserOperation[] memory ops = new PackedUserOperation[](1);
        ops[0] = o;
        bytes memory data = abi.encodeCall(IEntryPoint.handleOps, (ops, payable(bundler)));
        vm.prank(bundler, bundler);
        (taken,) = address(entryPoint).call(data);
        if (taken) ++accepted;
        else ++refused;
    }

    /// @dev By the owner, as what an operation of the owner calls. Its signature is the passkeys' campaign.
    function _asOwner(address target, bytes memory data) internal returns (bool done) {
        vm.prank(address(account));
        (done,) = target.call(data);
    }

    function _operation(uint192 nonceKey, bytes memory callData) internal view returns (PackedUserOperation memory o) {
        o = op(nonceKey, callData);
        o.accountGasLimits = bytes32(GAS << 128 | GAS);
    }

    function _lane(uint256 lane) internal view returns (uint192) {
        return sessionNonceKey() | uint192(lane % 3);
    }

    /// @param holder Private key that signs; the spec says whose it should be.
    function _signAs(
        uint256 holder,
        PackedUserOperation memory o,
        bytes memory packed,
        bytes memory policyIndexes,
        uint48 time,
        uint48 deadline
    ) internal view returns (bytes memory) {
        bytes32 hash = keccak256(abi.encodePacked(entryPoint.getUserOpHash(o), keccak256(packed), time, deadline));
        (bytes32 r, bytes32 vs) = vm.signCompact(holder, hash);
        return abi.encodePacked(r, vs, time, deadline, policyIndexes, packed);
    }

    /// @dev Now, for the usual time.
    function _sign(PackedUserOperation memory o, bytes memory packed, bytes memory policyIndexes)
        internal
        view
        returns (bytes memory)
    {
        return _signAs(SESSION_KEY, o, packed, policyIndexes, uint48(block.timestamp), uint48(block.timestamp) + TTL);
    }

    /// @dev Word `w` of a session, contracts/README.md, "Cells".
    function _sessionWord(bytes32 id, address of_, uint256 w) internal view returns (uint256) {
        bytes32 slot = keccak256(abi.encode(of_, keccak256(abi.encode(id, uint256(0)))));
        return uint256(vm.load(address(sessions), bytes32(uint256(slot) + w)));
    }

    function _config() internal view returns (uint256) {
        return uint256(vm.load(address(account), CONFIG_SLOT));
    }

    /// @dev Of one of the account's three mappings: 1 keys, 2 modules, 3 fallback handlers.
    function _entry(uint256 mapping_, bytes32 key) internal view returns (uint256) {
        bytes32 slot = keccak256(abi.encode(key, uint256(CONFIG_SLOT) + mapping_));
        return uint256(vm.load(address(account), slot));
    }

    function _implementation() internal view returns (address) {
        return address(uint160(uint256(vm.load(address(account), IMPLEMENTATION_SLOT))));
    }
}
