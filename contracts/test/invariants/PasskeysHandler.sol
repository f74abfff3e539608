// SPDX-License-Identifier: MIT
pragma solidity 0.8.28;

import {PackedUserOperation} from "@account-abstraction/interfaces/PackedUserOperation.sol";

import {SsoAccount} from "../../src/account/SsoAccount.sol";
import {Campaign} from "./Campaign.sol";

/// @title Holders of passkeys that are the account's, were, or never have been; two guardians; and the clock
contract PasskeysHandler is Campaign {
    uint256 internal constant KEYS = 4;
    uint256 internal constant GUARDIANS = 2;

    struct Friend {
        address who;
        uint256 status; // 0 none, 1 proposed, 2 accepted
        uint256 startedAt; // 0: no recovery
        uint256 blockedUntil;
        bytes32 announced;
    }

    bytes32[KEYS] internal ids;
    bytes32[KEYS] internal xs;
    bytes32[KEYS] internal ys;

    // ——— books
    bool[KEYS] internal owns;
    uint256 public owners = 1;
    uint256 public epoch;
    bool internal guardianOff;
    Friend[GUARDIANS] internal friends;
    PackedUserOperation internal last;

    /// @notice Outcomes that the rules do not allow.
    uint256 public strangersOperated;
    uint256 public ownersRefused;
    uint256 public wrongChanges;
    uint256 public wrongRecoveries;
    /// @notice Things that worked.
    uint256 public additions;
    uint256 public removals;
    uint256 public recoveries;
    uint256 public discards;

    function setUp() public override {
        super.setUp();
        for (uint256 i; i < KEYS; ++i) {
            (xs[i], ys[i]) = publicKey(PASSKEY + i);
            ids[i] = keyIdOf(PASSKEY + i, ORIGIN);
        }
        owns[0] = true;
        friends[0].who = makeAddr("friend");
        friends[1].who = makeAddr("other friend");
        vm.deal(address(this), 1000 ether);
        entryPoint.depositTo{value: 100 ether}(address(account));
        for (uint256 i; i < GUARDIANS; ++i) {
            this.propose(i);
            this.accept(i);
        }
    }

    function actions() external pure returns (bytes4[] memory list) {
        list = new bytes4[](13);
        list[0] = this.add.selector;
        list[1] = this.remove.selector;
        list[2] = this.signBadly.selector;
        list[3] = this.propose.selector;
        list[4] = this.accept.selector;
        list[5] = this.dismiss.selector;
        list[6] = this.announce.selector;
        list[7] = this.finish.selector;
        list[8] = this.finishLate.selector;
        list[9] = this.discard.selector;
        list[10] = this.switchTheGuardianModule.selector;
        list[11] = this.stranger.selector;
        list[12] = this.wait_.selector;
    }

    function add(uint256 signer, uint256 added) external {
        (signer, added) = (signer % KEYS, added % KEYS);
        bool done = _operate(signer, abi.encodeCall(SsoAccount.addPasskey, (xs[added], ys[added], "c", ORIGIN)), ids[added], true);
        if (!done || owns[added]) return;
        (owns[added], owners) = (true, owners + 1);
        ++additions;
    }

    function remove(uint256 signer, uint256 removed) external {
        (signer, removed) = (signer % KEYS, removed % KEYS);
        bool done = _operate(signer, abi.encodeCall(SsoAccount.removePasskey, (ids[removed])), ids[removed], false);
        if (!done || !owns[removed] || owners == 1) return;
        (owns[removed], owners) = (false, owners - 1);
        ++removals;
    }

    /// @dev A key of the account, but without user verification, from a foreign origin, late, for another operation, or
    /// in a form that was signed over.
    function signBadly(uint256 signer, uint256 kind) external {
        signer %= KEYS;
        kind %= 6;
        PackedUserOperation memory o = _operation(0, abi.encodeCall(SsoAccount.endSessions, ()));
        if (kind == 0) flags = 0x01;
        if (kind == 1) origin = "https://latchkey.example";
        if (kind == 2) signedType = "webauthn.create";
        uint48 deadline = uint48(kind == 3 ? block.timestamp - 1 : block.timestamp + TTL);
        o.signature = passkeySignature(entryPoint.getUserOpHash(o), PASSKEY + signer, deadline);
        if (kind == 4) o.callData = abi.encodeCall(SsoAccount.removePasskey, (ids[0]));
        if (kind == 5) o.signature[133] ^= 0x01;
        (flags, origin, signedType) = (0x05, ORIGIN, "webauthn.get");
        if (_submit(o)) ++strangersOperated;
        if (last.sender != address(0) && _submit(last)) ++strangersOperated;
    }

    function propose(uint256 which) external {
        Friend storage f = friends[which % GUARDIANS];
        if (_asOwner(address(guardian), abi.encodeCall(guardian.proposeGuardian, (f.who)))) {
            if (f.status != 0) ++wrongRecoveries;
            f.status = 1;
        }
    }

    function accept(uint256 which) external {
        Friend storage f = friends[which % GUARDIANS];
        vm.prank(f.who);
        (bool done,) = address(guardian).call(abi.encodeCall(guardian.acceptGuardian, (address(account))));
        if (done != (f.status == 1)) ++wrongRecoveries;
        if (done) f.status = 2;
    }

    /// @dev Rarely, or there are no guardians most of the time.
    function dismiss(uint256 which, uint256 rarely) external {
        if (rarely % 8 != 0) return;
        Friend storage f = friends[which % GUARDIANS];
        if (!_asOwner(address(guardian), abi.encodeCall(guardian.removeGuardian, (f.who)))) return;
        (f.status, f.startedAt, f.blockedUntil, f.announced) = (0, 0, 0, 0);
    }

    function announce(uint256 which, uint256 added, uint256 removed) external {
        Friend storage f = friends[which % GUARDIANS];
        bytes memory data = _recovery(guardian.initializeRecovery.selector, added, removed);
        bool may = f.status == 2 && block.timestamp >= f.blockedUntil
            && (f.startedAt == 0 || block.timestamp >= f.startedAt + 72 hours);
        vm.prank(f.who);
        (bool done,) = address(guardian).call(data);
        if (done != may) ++wrongRecoveries;
        if (done) (f.startedAt, f.announced) = (block.timestamp, keccak256(abi.encode(added % KEYS, removed % 16)));
    }

    function finish(uint256 which, uint256 added, uint256 removed) external {
        _finish(which % GUARDIANS, added % KEYS, removed % 16);
    }

    /// @dev What was announced, whichever it was, soon after the delay or soon before the end.
    function finishLate(uint256 which, uint256 when) external {
        Friend storage f = friends[which % GUARDIANS];
        if (f.startedAt == 0) return;
        uint256[4] memory times = [uint256(24 hours), 24 hours + 1, 72 hours - 1, 72 hours];
        uint256 time = f.startedAt + times[when % 4];
        if (block.timestamp < time) vm.warp(time);
        for (uint256 added; added < KEYS; ++added) {
            for (uint256 removed; removed < 16; ++removed) {
                if (keccak256(abi.encode(added, removed)) == f.announced) {
                    return _finish(which % GUARDIANS, added, removed);
                }
            }
        }
    }

    function discard(uint256 which, uint256 rarely) external {
        if (rarely % 2 != 0) return;
        Friend storage f = friends[which % GUARDIANS];
        bool done = _asOwner(address(guardian), abi.encodeCall(guardian.discardRecovery, (f.who)));
        if (done != (f.startedAt != 0)) ++wrongRecoveries;
        if (!done) return;
        (f.startedAt, f.announced, f.blockedUntil) = (0, 0, block.timestamp + 72 hours);
        ++discards;
    }

    /// @dev Guardians end when it is uninstalled.
    function switchTheGuardianModule(uint256 rarely) external {
        if (rarely % 8 != 0 && !guardianOff) return;
        bytes memory data = guardianOff
            ? abi.encodeCall(SsoAccount.installModule, (2, address(guardian), ""))
            : abi.encodeCall(SsoAccount.uninstallModule, (2, address(guardian), ""));
        if (!_asOwner(address(account), data)) return;
        guardianOff = !guardianOff;
        if (!guardianOff) return;
        for (uint256 i; i < GUARDIANS; ++i) {
            (friends[i].status, friends[i].startedAt, friends[i].blockedUntil, friends[i].announced) = (0, 0, 0, 0);
        }
    }

    /// @dev Calls of the account by those who are neither it, nor EntryPoint, nor the guardian module.
    function stranger(uint256 which, uint256 added, uint256 removed) external {
        bytes32[] memory list = _removed(removed);
        added %= KEYS;
        vm.startPrank(which % 3 == 0 ? friends[0].who : which % 3 == 1 ? address(sessions) : address(factory.implementation()));
        (bool a,) = address(account).call(abi.encodeCall(SsoAccount.recover, (xs[added], ys[added], "c", ORIGIN, list)));
        (bool b,) = address(account).call(abi.encodeCall(SsoAccount.addPasskey, (xs[added], ys[added], "c", ORIGIN)));
        (bool c,) = address(account).call(abi.encodeCall(SsoAccount.initialize, (ids[added], ids[added])));
        (bool d,) = address(guardian).call(_recovery(guardian.finalizeRecovery.selector, added, removed));
        vm.stopPrank();
        if (a || b || c || (d && which % 3 != 0)) ++wrongChanges;
        if (d && which % 3 == 0) _afterFinish(0, added, removed % 16);
    }

    function wait_(uint256 time) external {
        vm.warp(block.timestamp + bound(time, 1, 30 hours));
    }

    function _finish(uint256 which, uint256 added, uint256 removed) private {
        vm.prank(friends[which].who);
        (bool done,) = address(guardian).call(_recovery(guardian.finalizeRecovery.selector, added, removed));
        bool may = _mayFinish(which, added, removed);
        if (done != may) ++wrongRecoveries;
        if (done) _afterFinish(which, added, removed);
    }

    function _mayFinish(uint256 which, uint256 added, uint256 removed) private view returns (bool) {
        Friend storage f = friends[which];
        if (f.status != 2 || f.startedAt == 0 || guardianOff) return false;
        if (block.timestamp <= f.startedAt + 24 hours || block.timestamp >= f.startedAt + 72 hours) return false;
        if (f.announced != keccak256(abi.encode(added, removed))) return false;
        for (uint256 i; i < KEYS; ++i) {
            if ((owns[i] || i == added) && removed & (1 << i) == 0) return true;
        }
        return false;
    }

    /// @dev By what the recovery says; all recoveries are void then.
    function _afterFinish(uint256 which, uint256 added, uint256 removed) private {
        if (!_mayFinish(which, added, removed)) ++wrongRecoveries;
        owns[added] = true;
        owners = 0;
        for (uint256 i; i < KEYS; ++i) {
            if (removed & (1 << i) != 0) owns[i] = false;
            if (owns[i]) ++owners;
        }
        for (uint256 i; i < GUARDIANS; ++i) {
            (friends[i].startedAt, friends[i].announced) = (0, 0);
        }
        ++epoch;
        ++recoveries;
    }

    /// @return done Whether the key operated.
    function _operate(uint256 signer, bytes memory callData, bytes32 id, bool adds) private returns (bool done) {
        uint256 known = _entry(1, id);
        PackedUserOperation memory o = _operation(0, callData);
        o.signature = signPasskey(o, PASSKEY + signer);
        done = _submit(o);
        if (done && !owns[signer]) ++strangersOperated;
        if (!done && owns[signer]) ++ownersRefused;
        if (done) last = o;
        if (!done && _entry(1, id) != known) ++wrongChanges;
        if (adds ? _entry(1, id) == 0 && known != 0 : _entry(1, id) != 0 && known == 0) ++wrongChanges;
    }

    function _recovery(bytes4 selector, uint256 added, uint256 removed) private view returns (bytes memory) {
        added %= KEYS;
        return abi.encodeWithSelector(selector, account, xs[added], ys[added], "c", ORIGIN, _removed(removed));
    }

    function _removed(uint256 mask) private view returns (bytes32[] memory list) {
        list = new bytes32[](KEYS);
        uint256 n;
        for (uint256 i; i < KEYS; ++i) {
            if (mask & (1 << i) != 0) list[n++] = ids[i];
        }
        assembly ("memory-safe") {
            mstore(list, n)
        }
    }

    // ——— what the invariants ask of the world

    function arePasskeysAsInTheBooks() external view returns (bool) {
        for (uint256 i; i < KEYS; ++i) {
            if ((_entry(1, ids[i]) != 0) != owns[i]) return false;
        }
        return true;
    }

    /// @notice Number of passkeys that the account thinks it has.
    function storedOwners() external view returns (uint256) {
        return uint256(uint16(_config() >> 48)) + 1;
    }

    function storedEpoch() external view returns (uint256) {
        return uint32(_config() >> 16);
    }

    /// @notice Whether one of the account's passkeys operates.
    function works() external returns (bool) {
        for (uint256 i; i < KEYS; ++i) {
            if (owns[i]) return _operate(i, abi.encodeCall(SsoAccount.removePasskey, (0)), 0, false);
        }
        return false;
    }
}
